"""Share images. Pure: a card in, the bytes of a PNG out. docs/machines.md says which fonts are used."""
