"""A filed exhibit becomes data, and every word and every cell of it is accounted for."""
