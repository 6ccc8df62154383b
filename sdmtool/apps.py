from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "sdmtool"
    verbose_name = "Kernel"

    def ready(self) -> None:
        from sdmtool import checks  # noqa: F401  registers them
