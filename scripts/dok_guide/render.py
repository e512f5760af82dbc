"""The templates: how a control, a checklist, a table reads. They hold markup, no decisions."""

from functools import cache

import jinja2

from dok_guide import texts


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("dok_guide", "templates"),
        # the output is Markdown; the filters below write texts into it
        autoescape=False,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    for text_filter in (
        texts.inline,
        texts.block,
        texts.fence,
        texts.plain,
        texts.duration,
        texts.anchor,
        texts.spaces,
    ):
        environment.filters[text_filter.__name__] = text_filter
    return environment


def render_template(name: str, /, **values: object) -> str:
    """Return a template of `templates/` filled in; an unknown name or value is an error."""
    return _environment().get_template(name).render(values)
