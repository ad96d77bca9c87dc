"""Writes houses.parquet and houses.arrow for TablesTest (needs pyarrow)."""

import datetime
import pathlib

import pyarrow as pa
import pyarrow.feather as feather
import pyarrow.parquet as parquet

FOLDER = pathlib.Path(__file__).parent.parent / "resources/dev/cortado/data"

table = pa.table(
    {
        "area": pa.array([50.5, 70.25, 30.0], pa.float64()),
        "rooms": pa.array([2, 3, 1], pa.uint8()),
        "lift": pa.array([True, False, True]),
        "district": pa.array(["North", "South, far", "North"]).dictionary_encode(),
        "note": pa.array(["a", None, "ä"]),
        "price": pa.array([100.5, None, 60], pa.float32()),
        "id": pa.array([2**53, 1, -7], pa.int64()),
        "sold": pa.array([datetime.date(2020, 1, d) for d in (1, 2, 3)]),
        "owners": pa.array([[1], [2, 3], []]),
    }
)
parquet.write_table(table, FOLDER / "houses.parquet", compression="gzip", row_group_size=2)
feather.write_feather(table, FOLDER / "houses.arrow", compression="uncompressed", chunksize=2)
