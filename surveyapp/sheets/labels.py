"""The Italian words of the closed lists of instrument files: context, kinds, methods, anchors."""

from collections.abc import Mapping

FIELDS: Mapping[str, str] = {
    "province": "Provincia",
    "ambito": "Ambito",
    "placement_type": "Tipo di inserimento",
    "paid": "L'inserimento è pagato?",
    "host_type": "Chi ospita",
    "executing_host": "Chi ospita è anche l'ente esecutore?",
    "occasion": "Rilevazione",
    "form": "Scheda",
    "variant": "Versione",
}
YES_NO: Mapping[str, str] = {"yes": "Sì", "no": "No"}
VALUES: Mapping[str, Mapping[str, str]] = {
    "placement_type": {
        "SFA": "Percorso di formazione all'autonomia (SFA)",
        "LAB": "Laboratorio socio-occupazionale",
        "TIS": "Tirocinio di inclusione sociale (TIS)",
        "TIR": "Tirocinio extracurricolare",
        "ISO": "Isola formativa",
        "ACA": "Academy",
        "A14": "Convenzione ex art. 14",
        "ASS": "Assunzione",
    },
    "paid": YES_NO,
    "host_type": {"company": "Azienda", "cooperative": "Cooperativa"},
    "executing_host": YES_NO,
}
RESPONDENTS: Mapping[str, str] = {
    "participant": "la persona",
    "operator": "l'operatore",
    "host": "chi ospita",
    "executing_body": "l'ente esecutore",
    "client_firm": "l'impresa committente",
    "employment_office": "l'ufficio del Collocamento Mirato",
}
LENGTHS: Mapping[str, str] = {"full": "Intera", "short": "Breve", "mini": "Mini"}
FORMATS: Mapping[str, str] = {
    "choice": "una risposta",
    "steps": "un numero della scala",
    "multi": "una o più risposte",
    "number": "numero",
    "date": "data",
    "text": "testo libero",
}
KINDS: Mapping[str, str] = {"reflective": "riflessiva", "formative": "formativa", "derived": "derivata"}
METHODS: Mapping[str, str] = {
    "pomp_mean": "media delle risposte valide, da 0 a 100",
    "mean": "media delle risposte valide, nell'unità del formato",
    "any_positive": "1 se almeno una risposta è sopra 0, se no 0",
}
ALERTS: Mapping[str, str] = {
    "alert": "avviso subito a chi deve intervenire",
    "flag": "nota per gli operatori",
}
MANUAL: Mapping[str, str] = {
    "purpose": "A che cosa serve",
    "who": "Chi risponde",
    "when": "Quando",
    "how": "Come si risponde",
    "reading": "Come si leggono i punteggi",
    "limits": "Che cosa non dice",
}
# What the days of a window are counted from.
ANCHORS: Mapping[str, str] = {
    "path_start": "l'inizio del percorso",
    "path_end": "la fine del percorso",
    "activity_start": "la prima attività in cui si può osservare la persona",
    "placement_start": "l'inizio dell'inserimento",
    "placement_end": "la fine dell'inserimento",
    "agreement_end": "la scadenza della convenzione",
    "accompaniment_start": "l'inizio dell'accompagnamento",
    "accompaniment_end": "la fine dell'accompagnamento",
    "submitted": "l'invio della volta prima",
}
# What a form on paper is about, from the study plan: the codes to write on it.
SUBJECTS: Mapping[str, tuple[str, ...]] = {
    "path": ("Codice della persona",),
    "placement": ("Codice della persona", "Codice dell'inserimento"),
    "agreement": ("Codice della persona", "Codice della convenzione"),
    "accompaniment": ("Codice dell'accompagnamento",),
}
