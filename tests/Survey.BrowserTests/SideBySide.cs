// Each fixture has a site and browser contexts of its own; two at a time fill two cores.
[assembly: Parallelizable(ParallelScope.Fixtures)]
[assembly: LevelOfParallelism(2)]
