"""`python -m config.embedded` starts the keeper. `start` does that by itself; nobody has to."""

from config.embedded import keeper

if __name__ == "__main__":
    keeper.main()
