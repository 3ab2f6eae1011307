"""What the machine chooses from: few names, so that they meet; times on both sides of every limit."""

from __future__ import annotations

from hypothesis import strategies as st

from celery_durable_jobs.model.route import Route
from celery_durable_jobs.steps import Template

ROUTES = (Route("mail"), Route("mail", priority=5), Route("news"))
KEEPERS = ("k1", "k2", "k3")
DUES = (0.0, 0.0, 0.0, -1.0, -61.0, -3_600.0, 0.000001, 0.5, 1.0, 5.0, 30.0, 61.0, 600.0)
STEPS = (0.000001, 0.3, 0.999999, 1.0, 1.2, 3.0, 3.000001, 4.9, 5.0, 20.0, 30.0, 60.0, 100.0, 300.0, 700.0)
JUMPS = (7_200.0, 86_400.0)
BACK = (0.000001, 2.0, 400.0, 7_200.0)

MARK = b"properties:here"
TEMPLATES = (Template("shop.remind", b"\0", None, (b'["', b'",', b",", b"]"), "IGB"),)
"""For most jobs, whatever their headers; those with options take two steps."""

keepers = st.sampled_from(KEEPERS)
routes = st.sampled_from(ROUTES)
dues = st.sampled_from(DUES)
keys = st.sampled_from([None, "a", "a", "b"])
targets = st.sampled_from([None, None, "t"])
expiries = st.sampled_from([None, None, 0.5, 2.0, 31.0, 700.0])
few_keys = st.sampled_from([None, None, None, "a"])
limits = st.sampled_from([1, 2, 5, 1_000, 1_000, 1_000])
picks = st.integers(0, 9)
"""Which of some things: 0 is the newest."""
