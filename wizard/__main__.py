"""`python -m wizard` is `pathwizard`."""

from cli import main

if __name__ == "__main__":
    main()
