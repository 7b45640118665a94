"""The pure engine: `walk(library, pathway_id, case, as_of) -> Situation`. No medicine in here."""
