"""What one may do about the programme, by noun."""
