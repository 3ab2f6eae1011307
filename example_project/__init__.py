"""Four small programs on durable jobs, each a module of its own; ``python -m example_project`` shows them at work.

- ``notifications``: a message later, and the right to change one's mind
- ``orders``: an order that reminds of its delivery, and expires when it isn't paid
- ``payments``: what is worth another try, and what isn't
- ``workflows``: a step that takes hours elsewhere, waited for without a worker's place
"""
