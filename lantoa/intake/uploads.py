"""A file that is sent, capped while it streams in: nothing beyond the cap is kept, in memory or on disk (RELIABILITY D7)."""

from django.core.files.uploadhandler import FileUploadHandler, StopUpload

from lantoa.intake.packages import LARGEST_FILE


class Capped(FileUploadHandler):
    """Stands before the handlers that keep a file. What is too large is read to its end, so that an answer arrives."""

    is_too_large = False

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        if start + len(raw_data) > LARGEST_FILE:
            self.is_too_large = True
            raise StopUpload(connection_reset=False)
        return raw_data

    def file_complete(self, _file_size: int) -> None:
        """Those behind keep it."""
