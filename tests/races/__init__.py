"""What others do in the midst of a keeper's, a worker's or a client's own steps, each moment forced by a hook."""
