"""What MiniStack lacks of AWS and the tests need: one module a gap, each with `install()`, in a package a service."""
