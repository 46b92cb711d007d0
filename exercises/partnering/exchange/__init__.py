"""Forms that go out to partners, and answers that come back."""
