"""Which page opens to which role: what is not written here opens to nobody."""

from collections.abc import Mapping

from surveyapp.storage.staff_tables import CENTRAL_ROLES, TERRITORY_ROLES

EVERYBODY = frozenset(CENTRAL_ROLES + TERRITORY_ROLES)
# A report holds all territories (an office sees the counts of its own, on the first page).
CENTRAL = frozenset(CENTRAL_ROLES)
# Who follows people gives them their links; the administrator stands in.
FOLLOWING = frozenset(("administrator", "caseworker"))
# Who acts when a person is in danger (see the decision on alerts): neither who may follow that very person,
# nor the office that may host them, nor who only keeps the server.
SAFEGUARDING = frozenset(("socialis", "lead_partner"))

# Who writes the instruments looks after the voice that reads them.
AUTHORS = frozenset(("socialis", "lead_partner"))

# Who prepares a review reads what one person answered: not an office (it sees single answers only of the
# forms that it fills in itself), nor who only keeps the server.
REVIEWING = frozenset(("socialis", "lead_partner", "caseworker"))

PAGES: Mapping[str, frozenset[str]] = {
    "staff.today": EVERYBODY,
    "staff.stay": EVERYBODY,
    "staff.administration": EVERYBODY,
    "staff.new_link": FOLLOWING,
    "staff.revoke_links": FOLLOWING,
    "staff.start_tablet": FOLLOWING,
    # Questionnaires filled in on paper, and those that cannot be filled in.
    "staff.paper_start": FOLLOWING,
    "staff.paper_begin": FOLLOWING,
    "staff.paper_page": FOLLOWING,
    "staff.paper_save": FOLLOWING,
    "staff.paper_review": FOLLOWING,
    "staff.paper_close": FOLLOWING,
    "staff.paper_second": FOLLOWING,
    "staff.paper_compare": FOLLOWING,
    "staff.paper_resolve": FOLLOWING,
    "staff.cannot_answer": FOLLOWING,
    "staff.keep_cannot_answer": FOLLOWING,
    "staff.reopen": FOLLOWING,
    "staff.withdrawal": FOLLOWING,
    "staff.withdraw": FOLLOWING,
    "staff.start_interview": FOLLOWING,
    "staff.add_call": FOLLOWING,
    "staff.reports": CENTRAL,
    "staff.request_report": CENTRAL,
    "staff.cancel_report": CENTRAL,
    "staff.report_file": CENTRAL,
    "staff.request_case": REVIEWING,
    "staff.cases": REVIEWING,
    "staff.case_file": REVIEWING,
    "staff.alerts": SAFEGUARDING,
    "staff.alert": SAFEGUARDING,
    "staff.close_alert": SAFEGUARDING,
    "staff.texts": SAFEGUARDING,
    "staff.report_text": SAFEGUARDING,
    "staff.problems": CENTRAL,
    "staff.problem": CENTRAL,
    "staff.answer_problem": CENTRAL,
    # Experts' judgements and readers' tests: territory offices are judged upon too, and see nothing of it.
    "staff.ratings": CENTRAL,
    "staff.rating_round": CENTRAL,
    "staff.rating_results": CENTRAL,
    "staff.rating_file": CENTRAL,
    "staff.reader_tests": CENTRAL,
    "staff.add_round": AUTHORS,
    "staff.rating_questions": AUTHORS,
    "staff.add_rating_questions": AUTHORS,
    "staff.remove_rating_question": AUTHORS,
    "staff.close_rating_round": AUTHORS,
    "staff.make_rating_links": AUTHORS,
    "staff.renew_rating_link": AUTHORS,
    "staff.revoke_rating_link": AUTHORS,
    "staff.extend_rating_link": AUTHORS,
    "staff.add_reader_test": AUTHORS,
    # Instruments hold no personal data.
    "staff.instruments": EVERYBODY,
    "staff.study_plan": EVERYBODY,
    "staff.instrument_versions": EVERYBODY,
    "staff.instrument_differences": EVERYBODY,
    "staff.instrument_version": EVERYBODY,
    "staff.instrument_form": EVERYBODY,
    # What was said and judged of each question: as for judgements and decisions.
    "staff.item_histories": CENTRAL,
    "staff.item_history": CENTRAL,
    "staff.criterion_histories": CENTRAL,
    "staff.criterion_history": CENTRAL,
    "staff.version_ledger": CENTRAL,
    "staff.version_ledger_file": CENTRAL,
    "staff.decisions": CENTRAL,
    "staff.decision": CENTRAL,
    "staff.new_decision": AUTHORS,
    "staff.propose_decision": AUTHORS,
    "staff.decide": AUTHORS,
    "staff.recordings": AUTHORS,
    "staff.upload_recording": AUTHORS,
    "staff.recording_sound": AUTHORS,
    "staff.delete_recording": AUTHORS,
    # The next version of an instrument: its authors write it, the administrator reads.
    "staff.drafts": CENTRAL,
    "staff.draft": CENTRAL,
    "staff.draft_file": CENTRAL,
    "staff.draft_item": CENTRAL,
    "staff.draft_options": CENTRAL,
    "staff.draft_rule": CENTRAL,
    "staff.draft_titles": CENTRAL,
    "staff.open_draft": AUTHORS,
    "staff.change_draft": AUTHORS,
    "staff.save_draft_item": AUTHORS,
    "staff.save_draft_options": AUTHORS,
    "staff.save_draft_rule": AUTHORS,
    "staff.save_draft_titles": AUTHORS,
    "staff.publication": CENTRAL,
    "staff.publish": AUTHORS,
    "staff.retire_version": AUTHORS,
    # Who writes the instruments asks those who know: what is said there leads to their next version.
    # Who keeps the server reads it.
    "staff.focus_groups": CENTRAL,
    "staff.new_focus_group": AUTHORS,
    "staff.add_focus_group": AUTHORS,
    "staff.focus_group": CENTRAL,
    "staff.request_synthesis": CENTRAL,
    "staff.edit_focus_group": AUTHORS,
    "staff.change_focus_group": AUTHORS,
    "staff.close_focus_group": AUTHORS,
    "staff.delete_focus_group": AUTHORS,
    "staff.add_focus_participant": AUTHORS,
    "staff.focus_participant": AUTHORS,
    "staff.change_focus_participant": AUTHORS,
    "staff.delete_focus_participant": AUTHORS,
    "staff.notes": CENTRAL,
    "staff.add_note": AUTHORS,
    "staff.add_note_code": AUTHORS,
    "staff.remove_note_code": AUTHORS,
    "staff.correct_note": AUTHORS,
    # What people wrote: who only keeps the server does not read it.
    "staff.open_questions": AUTHORS,
    "staff.coded_answers": AUTHORS,
    "staff.add_answer_code": AUTHORS,
    "staff.remove_answer_code": AUTHORS,
    "staff.notes_file": AUTHORS,
    "staff.read_notes_file": AUTHORS,
    "staff.transcript": AUTHORS,
    "staff.read_transcript": AUTHORS,
    "staff.keep_transcript": AUTHORS,
    "staff.focus_votes": CENTRAL,
    "staff.participant_votes": AUTHORS,
    "staff.keep_votes": AUTHORS,
}


def may(role: str, endpoint: str) -> bool:
    """Whether a page opens to a role."""
    return role in PAGES.get(endpoint, frozenset())
