"""What do the notice and the centre allow, and what follows from it? Pure functions answer."""
