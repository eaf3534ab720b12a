"""What an equation is: quantities, expressions over them, their values and their texts. It knows no network."""
