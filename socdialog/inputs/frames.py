"""Frames of any library as polars frames: polars, lazy polars, pandas, pyarrow and what else narwhals knows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import polars as pl

from socdialog.errors import UsageError

if TYPE_CHECKING:
    from narwhals.typing import IntoFrame

    from socdialog.products import Product

#: What a function takes where it takes a table.
Frame: TypeAlias = "pl.DataFrame | pl.LazyFrame | IntoFrame | Product"


def as_polars(data: Frame, *, name: str = "the table") -> pl.DataFrame:
    """Return a frame of any library as a polars frame, with NaN as null.

    Parameters
    ----------
    data
        A polars, lazy polars, pandas or pyarrow frame, another one that narwhals knows, or what has a frame, such
        as a result of a metric.
    name
        What the frame is called in an error.

    Raises
    ------
    UsageError
        When it is not a frame, its library is not installed in full, or two columns have one name.

    Examples
    --------
    >>> as_polars(pl.DataFrame({"workers": [1.0, float("nan")]})).to_dict(as_series=False)
    {'workers': [1.0, None]}
    """
    if isinstance(found := getattr(data, "frame", None), pl.DataFrame):
        return found
    if isinstance(data, pl.LazyFrame):
        data = data.collect(engine="in-memory")
    frame = data if isinstance(data, pl.DataFrame) else _converted(data, name)
    floats = [column for column, dtype in frame.schema.items() if dtype.is_float()]
    with_nan = [column for column in floats if frame.get_column(column).is_nan().any()]
    # pandas' categories are texts here; polars' own keep their order.
    texts = [] if frame is data else [column for column, dtype in frame.schema.items() if dtype == pl.Categorical]
    if not with_nan and not texts:
        return frame
    return frame.with_columns(pl.col(with_nan).fill_nan(None), pl.col(texts).cast(pl.String))


def _converted(data: Any, name: str) -> pl.DataFrame:
    import narwhals

    try:
        found = narwhals.from_native(data)
        eager = found.collect() if isinstance(found, narwhals.LazyFrame) else found
        return pl.DataFrame(eager.to_polars())
    except ImportError as problem:
        raise UsageError(f"{name}: {problem}", hint="pip install 'socdialog[pandas]'") from None
    except TypeError:
        raise UsageError(
            f"{name}: {type(data).__name__} is not a table",
            hint="give a polars, pandas or pyarrow frame, such as a load function returns",
        ) from None
    except (ValueError, pl.exceptions.PolarsError) as problem:
        raise UsageError(
            f"{name}: the table cannot be read: {problem}", hint="give each column one name and one type of value"
        ) from None
