"""A report whose form no pack knows, and its findings."""

LIKE = """\
## Version control

### Question 1
> Which branches do your bees keep?
>
> Answer length: 3-20 words.
>
> Answer:

One for each of the hives.

## Deployment

### Question 2
> Where do they live?
>
> Answer:

In the valley.

## Coding environment

### Question 3
> How many are there? Insert 1-2 images.
>
> Answer:

A lot.
"""
"""Own words below titles that an edition has too, so that it is the nearest."""

SENTENCE = (
    "new form: judged by what its own questions ask; most like January 2026, though none of the 3 questions is the "
    "same; how long the answer to question 2 should be is not clear, so its length is not judged"
)
