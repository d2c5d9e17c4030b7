# SPDX-License-Identifier: BSD-3-Clause
"""What scripts/bench is made of: measuring, peers, aims, plots and the page."""
