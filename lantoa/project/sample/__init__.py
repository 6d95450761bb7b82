"""The sample province: Cao Bằng's real structure of 2023 to 2026, with made-up records that add up to the article's figures.

Read in this order: `places` (facts from the files in `data`), `structure` (units, lines, what became of them), `records`
(activities), `answers` (what units sent up), all plain rows from a seed, and `load`, which says them to the rooms.
"""
