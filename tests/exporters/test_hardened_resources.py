"""The hardened resources to download."""

import yaml

from dok_guide.exporters.hardened_resources import render
from dok_guide.model import Catalog


def test_every_operator_has_the_file_that_is_checked(catalog: Catalog, guide: Catalog) -> None:
    for each in (catalog, guide):
        files = render(each)
        assert len(files) == len(each.operators) > 0
        for operator in each.operators:
            manifest = files[f"downloads/operators/{operator.id}-hardened.yaml"].decode()
            assert manifest == operator.hardened
            assert manifest.startswith(f"# proven: {operator.proven}\n")
            assert all(resource["kind"] for resource in yaml.safe_load_all(manifest))
