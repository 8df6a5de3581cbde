"""Photos that workers of the invented country send: a plain picture of a paper that says nothing real."""

from io import BytesIO
from random import Random

from PIL import Image, ImageDraw, ImageFont

PAPER, INK, TABLE = "#fbf8ee", "#23324a", "#8a6f52"
LINES = (
    "RECEIPT  No. {number}",
    "",
    "Received with thanks from the bearer",
    "the sum of  {sum}",
    "for: service",
    "",
    "Invented for the demonstration",
)


def receipt(chance: Random) -> bytes:
    """A slip of paper on a table, a little askew, as JPEG."""
    slip = Image.new("RGB", (520, 340), PAPER)
    draw = ImageDraw.Draw(slip)
    font = ImageFont.load_default(size=24)
    given = {"number": chance.randint(100, 999), "sum": chance.choice(("120 000", "85 000"))}
    for place, line in enumerate(LINES):
        draw.text((36, 40 + 38 * place), line.format(**given), fill=INK, font=font)
    turned = slip.rotate(chance.uniform(-4, 4), expand=True, fillcolor=TABLE)
    photo = Image.new("RGB", (720, 540), TABLE)
    photo.paste(turned, ((720 - turned.width) // 2, (540 - turned.height) // 2))
    stream = BytesIO()
    photo.save(stream, "JPEG", quality=80)
    return stream.getvalue()
