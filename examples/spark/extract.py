"""Reads a corpus of articles on many machines: each worker pipes its share through `onrecord extract - --articles`.

    spark-submit extract.py CORPUS.jsonl OUT [--program onrecord] [--reader fast|deep] [--parts N]

CORPUS is JSON lines, one article each (id, title, text, published, outlet, url; other names by --map, as `load --map` has them), in
whatever place Spark reads: a file, a folder, an object store. OUT is a folder of JSON lines, one article with its claims each;
`onrecord import articles OUT/part-*` takes them onto a desk. A line that cannot be read is named in the worker's log and
stops nothing else.
"""

import argparse
import shlex

from pyspark.sql import SparkSession


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus")
    parser.add_argument("out")
    parser.add_argument("--program", default="onrecord", help="where the program lies on each worker")
    parser.add_argument("--reader", default="fast", choices=["fast", "deep"])
    parser.add_argument("--map", default="", help="title=headline,text=body")
    parser.add_argument("--parts", type=int, default=0, help="pieces that are worked on one by one; 0 leaves it to Spark")
    args = parser.parse_args()

    spark = SparkSession.builder.appName("onrecord").getOrCreate()
    context = spark.sparkContext
    lines = context.textFile(args.corpus, args.parts or None)
    if args.parts:
        lines = lines.repartition(args.parts)
    command = [args.program, "extract", "-", "--articles", "--reader", args.reader]
    if args.map:
        command += ["--map", args.map]
    # One thread a task: Spark runs as many tasks as there are cores.
    read = lines.pipe(shlex.join(command), env={"RAYON_NUM_THREADS": "1"})
    read.saveAsTextFile(args.out)
    print(f"{lines.count()} lines in, {context.textFile(args.out).count()} articles out")
    spark.stop()


if __name__ == "__main__":
    main()
