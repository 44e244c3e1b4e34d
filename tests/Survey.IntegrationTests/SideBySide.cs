// Each fixture has databases, ports and folders of its own, and much of a fault test is waiting: fixtures run beside each other.
// Those that change what the whole process sees (TemplatesCopy) are NonParallelizable.
[assembly: Parallelizable(ParallelScope.Fixtures)]
[assembly: LevelOfParallelism(3)]
