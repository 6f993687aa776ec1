// Tests of the terminal follow.
