"""The full-screen face. It shows what the engine says and decides nothing."""
