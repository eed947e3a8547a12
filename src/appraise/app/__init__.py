"""What a user can ask for; `pipeline` is the whole program in one sentence."""
