"""What one may ask about the programme, by noun."""
