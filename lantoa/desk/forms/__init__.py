"""What the forms of the work area hold: the choices that are offered, what was typed, what is wrong with it."""
