"""Geometry of the drawings; a template turns it into SVG. Meaning never rests on colour alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor

from surveyapp.reports.italian import number, signed

ROW = 26
TOP = 18
BOTTOM = 46
LABELS = 300
WIDTH = 720
RIGHT = 16
BAR_HEIGHT = 190
BAR_LEFT = 48
DOTS_WIDTH = 500
DOTS_LABELS = 256
LANE = 6
SHAPES = ("circle", "square", "diamond")
HISTOGRAM_LEGEND = (
    "Barra piena: chi dichiara un miglioramento. Barra a righe: le altre persone. "
    "Linea tratteggiata: l'obiettivo."
)


@dataclass(frozen=True)
class Tick:
    """A mark of an axis."""

    at: float
    label: str


@dataclass(frozen=True)
class Line:
    """One row of the forest: a point with its interval, or words where there is no number."""

    label: str
    whole: bool
    heading: bool = False
    value: float | None = None
    low: float | None = None
    high: float | None = None
    words: str = ""


@dataclass(frozen=True)
class Mark:
    """A row as drawn: x positions in the drawing."""

    line: Line
    y: float
    x: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Forest:
    """Points with intervals on a common axis, with a line at `zero` (no change, or a value to be reached)."""

    id: str
    title: str
    description: str
    marks: tuple[Mark, ...]
    ticks: tuple[Tick, ...]
    zero: float
    height: float
    axis: str
    legend: str
    width: float = WIDTH
    left: float = LABELS
    template: str = "forest"


@dataclass(frozen=True)
class Step:
    """How many people lie in a step of the histogram: those who declare an improvement, and the others."""

    lower: float
    upper: float
    declaring: int
    others: int


@dataclass(frozen=True)
class Bar:
    """A step as drawn: the others stand on those who declare."""

    step: Step
    x: float
    width: float
    declaring_y: float
    declaring_height: float
    others_y: float
    others_height: float


@dataclass(frozen=True)
class Histogram:
    """Bars on an axis, and the line of the target."""

    id: str
    title: str
    description: str
    bars: tuple[Bar, ...]
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]
    target: float
    target_label: str
    base: float
    axis: str
    legend: str = HISTOGRAM_LEGEND
    width: float = WIDTH
    height: float = TOP + BAR_HEIGHT + BOTTOM + 10
    left: float = BAR_LEFT
    template: str = "histogram"


@dataclass(frozen=True)
class Dot:
    """One of several marks of a row; who it is of is told by its shape: circle, square or diamond."""

    shape: str
    x: float
    y: float


@dataclass(frozen=True)
class Row:
    """A row of dots under its words."""

    label: str
    y: float
    dots: tuple[Dot, ...]


@dataclass(frozen=True)
class Dots:
    """Several values a row on an axis from 0 to 100, each in a lane of its own: equal ones do not cover."""

    id: str
    title: str
    description: str
    rows: tuple[Row, ...]
    ticks: tuple[Tick, ...]
    height: float
    axis: str
    legend: str
    width: float = DOTS_WIDTH
    left: float = DOTS_LABELS
    template: str = "dots"


Drawing = Forest | Histogram | Dots


@dataclass(frozen=True)
class Axis:
    """The axis of a forest plot: its words, the value at which a line stands, and what the marks mean."""

    words: str
    line: float = 0.0
    digits: int = 0
    signs: bool = True
    least_step: float = 1.0
    legend: str = "Rombo pieno: tutti i territori. Cerchio: un territorio. Linea: intervallo al 95 %."

    def label(self, value: float) -> str:
        """A mark of the axis in Italian."""
        return signed(value, self.digits) if self.signs else number(value, self.digits)


def forest(plot_id: str, title: str, description: str, axis: Axis, lines: Sequence[Line]) -> Forest:
    """A forest plot; the axis always holds its line."""
    ends = [end for line in lines for end in (line.low, line.high, line.value) if end is not None]
    step = _step(max([*ends, axis.line]) - min([*ends, axis.line]), axis.least_step)
    least = floor(round(min([*ends, axis.line]) / step, 9)) * step
    most = max(ceil(round(max([*ends, axis.line]) / step, 9)) * step, least + step)

    def x(value: float) -> float:
        return round(LABELS + (WIDTH - LABELS - RIGHT) * (value - least) / (most - least), 1)

    def mark(row: int, line: Line) -> Mark:
        xs = (None if value is None else x(value) for value in (line.value, line.low, line.high))
        return Mark(line, TOP + ROW * row + ROW / 2, *xs)

    ticks = [least + step * index for index in range(round((most - least) / step) + 1)]
    return Forest(
        id=plot_id,
        title=title,
        description=description,
        marks=tuple(mark(row, line) for row, line in enumerate(lines)),
        ticks=tuple(Tick(x(tick), axis.label(tick)) for tick in ticks),
        zero=x(axis.line),
        height=TOP + ROW * len(lines) + BOTTOM,
        axis=axis.words,
        legend=axis.legend,
    )


def histogram(
    plot_id: str, title: str, description: str, axis: str, steps: Sequence[Step], target: float
) -> Histogram:
    """Bars of counts over steps of equal width, with the target as a line."""
    least, most = steps[0].lower, steps[-1].upper
    tallest = max(step.declaring + step.others for step in steps)
    scale = _step(tallest, 1.0, marks=4)
    top = ceil(max(tallest, 1) / scale) * scale
    base = TOP + BAR_HEIGHT + 10

    def x(value: float) -> float:
        return round(BAR_LEFT + (WIDTH - BAR_LEFT - RIGHT) * (value - least) / (most - least), 1)

    def bar(step: Step) -> Bar:
        first, second = (round(BAR_HEIGHT * part / top, 1) for part in (step.declaring, step.others))
        left, right = x(step.lower) + 2, x(step.upper) - 2
        return Bar(step, left, right - left, base - first, first, base - first - second, second)

    edges = [least, *(step.upper for step in steps)]
    heights = [scale * index for index in range(round(top / scale) + 1)]
    return Histogram(
        id=plot_id,
        title=title,
        description=description,
        bars=tuple(bar(step) for step in steps),
        x_ticks=tuple(Tick(x(edge), number(edge, 0)) for edge in edges),
        y_ticks=tuple(Tick(base - BAR_HEIGHT * height / top, number(height, 0)) for height in heights),
        target=x(target),
        target_label=f"obiettivo: oltre {number(target, 0)}",
        base=base,
        axis=axis,
    )


def dots(
    plot_id: str,
    title: str,
    description: str,
    axis: str,
    legend: str,
    lines: Sequence[tuple[str, Sequence[float | None]]],
) -> Dots:
    """A drawing of dots; the values of a line are in the order of SHAPES, None where there is no value."""

    def x(value: float) -> float:
        return round(DOTS_LABELS + (DOTS_WIDTH - DOTS_LABELS - RIGHT) * value / 100, 1)

    def row(place: int, label: str, values: Sequence[float | None]) -> Row:
        y = TOP + ROW * place + ROW / 2
        lanes = (y + LANE * (lane - (len(SHAPES) - 1) / 2) for lane in range(len(SHAPES)))
        marks = zip(SHAPES, values, lanes, strict=True)
        return Row(
            label, y, tuple(Dot(shape, x(value), lane) for shape, value, lane in marks if value is not None)
        )

    return Dots(
        id=plot_id,
        title=title,
        description=description,
        rows=tuple(row(place, *line) for place, line in enumerate(lines)),
        ticks=tuple(Tick(x(at), number(at, 0)) for at in (0, 25, 50, 75, 100)),
        height=TOP + ROW * len(lines) + BOTTOM,
        axis=axis,
        legend=legend,
    )


def _step(span: float, least: float, marks: int = 6) -> float:
    """A round distance between marks, so that about `marks` of them cover the span."""
    sizes = (0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 25.0, 50.0, 100.0, 200.0, 500.0, 1000.0)
    return next((size for size in sizes if size >= least and span / size <= marks), sizes[-1])
