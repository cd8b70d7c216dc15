"""Files that come with a form: not from strangers, and none larger than the installation takes."""

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import SkipFile, TemporaryFileUploadHandler
from django.http import HttpRequest

_FOR_THE_OTHER_FIELDS = 1024 * 1024


def is_refused(request: HttpRequest) -> bool:
    """Tell whether a file was sent that is too large; it has been read past and not kept."""
    return bool(getattr(request, "_file_too_large", False))


class Handler(TemporaryFileUploadHandler):
    """Keeps a file on disk while it comes. What is refused is read past, so that the form is answered."""

    def handle_raw_input(  # the names are the framework's
        self,
        input_data: Any,  # noqa: ARG002
        META: dict[str, str],  # noqa: ARG002
        content_length: int,
        boundary: bytes | str,  # noqa: ARG002
        encoding: str | None = None,  # noqa: ARG002
    ) -> None:
        most = settings.UPLOAD_MB * 1024 * 1024 + _FOR_THE_OTHER_FIELDS
        self._is_too_large = content_length > most

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        request = self.request
        user = getattr(request, "user", None)
        if user is None or not user.is_authenticated:
            raise SkipFile
        if self._is_too_large:
            request._file_too_large = True  # type: ignore[union-attr]
            raise SkipFile
        super().new_file(*args, **kwargs)
