"""The page that reads the results of assignments."""

SENTENCES = {
    "results.title": "Results · nnviz",
    "results.heading": "Results of an assignment",
    "results.about": (
        "Choose the files that your students saved, or drop them on the field, all at once. They are read for this "
        "page alone; the server keeps nothing of them. A checksum shows that a file is not as it was saved; whoever "
        "wants to forge one still can."
    ),
    "results.files": "Result files",
    "results.read": "Show the results",
    "results.not_ours": "“{name}” is no result that a student saved here.",
    "results.too_many": "Only the first {most} files were read.",
    "results.table": "Students and skills",
    "results.csv": "Save as CSV",
    "results.student": "student",
    "results.assignment": "assignment",
    "results.tasks": "tasks done",
    "results.minutes": "minutes",
    "results.hints": "hints",
    "results.mistakes": "mistakes recognized",
    "results.changed": "changed",
    "results.yes": "yes",
    "results.nobody": "without a name",
    "results.was_changed": "The file was changed after it was saved.",
    "results.skills": "A skill’s numbers: right at the first try and without a hint, of all that were asked.",
    "results.of_all": "Mistakes of all",
    "results.of_students": "{count} of {all} {all:student|students}",
}
