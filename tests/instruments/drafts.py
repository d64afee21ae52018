"""The drafts of the content blueprint, and where an instrument file says something else, and why."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from surveyapp.instruments.model import Instrument, Item
from surveyapp.instruments.reader import read_instrument
from tests.instruments.placements import FOLDER, modules

WRITTEN = json.loads((Path(__file__).parents[1] / "reference" / "blueprint_items.json").read_text("utf-8"))
DRAFTS: Mapping[str, dict[str, Any]] = {draft["id"]: draft for draft in WRITTEN["items"]}
INSTRUMENTS = ("aut", "qil", "acc", "oss", "fu6", "vip")

# Where a draft keeps the words of a form and variant.
COLUMNS = {
    "P_std": ("P", "std"),
    "P_eas": ("P", "easy"),
    "O": ("O", "std"),
    "C": ("C", "std"),
    "E": ("E", "std"),
    "M": ("M", "std"),
    "CM": ("CM", "std"),
}
# R19: the operator's questions of the module on Cremona are a form of its own, for the ECIL.
COLUMNS_OF_MCR = {**COLUMNS, "O": ("ECIL", "std")}

# Words that were changed, by reason. "" is not asked of this form.
OPTIONS_APART = {
    "AUT_MAN1 P_std": "I miglioramenti ci sono ancora oggi?",
    "AUT_MAN1 P_eas": "Le cose migliorate durano ancora?",
    "QIL_REL4 O": "Negli ultimi mesi la persona è stata esclusa o trattata peggio degli altri?",
    "QIL_REL4 C": "Negli ultimi mesi la persona è stata esclusa o trattata peggio degli altri?",
    "ACC_Q1 C": "La persona lavora ancora da voi?",
    "ACC_Q6 C": "Avete esteso un adattamento ad altri lavoratori?",
    "ACC_Q9 C": "Consigliereste questo accompagnamento a un'altra azienda?",
}
TWO_QUESTIONS = {
    "ACC_Q2 C": "Dopo la fine dell'accompagnamento avete accolto altre persone con disabilità? Quante?",
    "ACC_Q5 C": "Chi se ne occupa oggi?",
    "ACC_Q8 C": ("Prima dell'accompagnamento eravate in regola con la L. 68/99, in esonero, o non soggetti?"),
}
# The draft names what is to be known; the file asks for it.
NAME_OF_A_FACT = {
    "FU6_01 O": "Qual è la data di riferimento?",
    "FU6_02 O": "Com'è andato il contatto con la persona?",
    "FU6_03 O": "Qual era la condizione della persona alla data di riferimento?",
    "FU6_04 O": "È lo stesso contesto della fine del percorso?",
    "FU6_05 O": "Che contratto ha la persona?",
    "FU6_06 O": "Per quanti mesi la persona ha lavorato, nei 6 mesi dopo la fine del percorso?",
    "FU6_07 O": "Perché la persona non è più inserita?",
    "FU6_08 O": "Chi segue ancora la persona?",
    "FU6_09 O": "Secondo la persona, gli adattamenti che aveva al lavoro ci sono ancora?",
    "FU6_10 O": "Da dove si sa?",
    "FU6_11 O": "La persona vuole continuare così?",
    "FU6_12 O": "Serve una nuova presa in carico?",
    "A14_D01 E": "Codice della convenzione",
    "A14_D02 E": "Tipo di ente esecutore",
    "A14_D03 E": "Codice dell'impresa committente",
    "A14_D04 E": "Oggetto della commessa",
    "A14_D05 E": "Valore annuo della commessa",
    "A14_D06 E": "Luogo di lavoro",
    "A14_D07 E": "Contratto",
    "A14_D08 E": "Ore di lavoro alla settimana",
    "A14_D09 E": "CCNL applicato",
    "A14_D10 E": "Quota d'obbligo coperta",
    "A14_D12 E": "C'è un tutor?",
    "A14_D13 E": "Verifiche previste nell'ultimo anno",
    "A14_D14 E": "Chi era presente alle verifiche?",
    "A14_D15 E": "Sostituzioni della persona nella convenzione",
    "A14_D16 E": "Esito a scadenza",
    "A14_D17 E": "Motivo di cessazione",
    "A14_D18 E": "La convenzione rientra in un progetto di vita ex D.Lgs. 62/2024?",
}
# The same, and the question repeats the words by which the record is known.
ONE_OF_MANY_RECORDS = {
    "ACC_I01 C": "C'è un adattamento da descrivere?",
    "ACC_I02 C": "«{ACC_I04}»: che cosa riguarda?",
    "ACC_I03 C": "«{ACC_I04}»: a che livello è l'adattamento?",
    "ACC_I04 C": "Descrivete l'adattamento in poche parole.",
    "ACC_I05 C": "«{ACC_I04}»: chi ha proposto l'adattamento?",
    "ACC_I06 C": "«{ACC_I04}»: alla fine dell'accompagnamento, l'adattamento era realizzato?",
    "ACC_I07 C": "«{ACC_I04}»: da quando c'è?",
    "ACC_I08 C": "«{ACC_I04}»: quanto è costato?",
    "ACC_I09 C": "«{ACC_I04}»: com'è oggi?",
    "ACC_I10 C": "«{ACC_I04}»: chi lo mantiene oggi?",
    "ACC_I11 C": "«{ACC_I04}»: è previsto anche per i prossimi 12 mesi?",
    "ACC_I12 C": "«{ACC_I04}»: è scritto in una procedura, in un accordo o in un mansionario?",
    "ACC_I13 C": "«{ACC_I04}»: perché è stato sospeso o rimosso?",
    "ACC_I14 C": "«{ACC_I04}»: l'adattamento ci è stato utile.",
}
KNOWN_TO_THE_OFFICE_ALONE = {"A14_D11 E": ""}
CHANGED_TEXTS = (
    OPTIONS_APART | TWO_QUESTIONS | NAME_OF_A_FACT | ONE_OF_MANY_RECORDS | KNOWN_TO_THE_OFFICE_ALONE
)

# One draft asks for several things: one item each, the first under the id of the draft, then with B, C, D.
SPLIT = {
    "ACC_I08": "choice multi",
    "ACC_Q2": "number multi",
    "ACC_Q5": "text choice",
    "ACC_Q6": "choice text",
    "ACC_Q7": "multi text",
    "ACC_Q8": "choice choice",
    "FU6_01": "date date",
    "FU6_02": "choice number",
    "FU6_05": "choice number date",
    "A14_D01": "text date date",
    "A14_D03": "text choice choice choice",
    "A14_D07": "choice choice",
    "A14_D08": "number number",
    "A14_D09": "text text",
    "A14_D11": "choice choice",
    "A14_D12": "choice number",
    "A14_D13": "number number",
}
# One thing, answered in another way than the draft has it: what, and why.
ANOTHER_FORMAT = {
    "ACC_I01": ("choice", "the program numbers the records; the item asks whether there is one more"),
    "FU6_08": ("multi", "several services may still be there"),
    "FU6_10": ("multi", "several proofs may agree"),
}
# R23: three options go from No to Sì.
FROM_NO_TO_YES = {"FU6_11"}
# Options in other words than the draft's, and why.
LABELS = {
    "FU6_02": {
        "deceduto": "decesso",  # words that do not change with the person's gender
        "trasferito": "trasferimento",
    },
    "FU6_03": {
        "disoccupato in cerca": "disoccupazione, in cerca di lavoro",
        "non attivo": "non in cerca di lavoro",
    },
    "ACC_I08": {"0": "nessun costo", "< 500 €": "meno di 500 €"}
    | {"500–2.000": "da 500 a 2.000 €", "> 2.000": "più di 2.000 €"},  # signs read aloud badly
}


@cache
def assembled_instruments() -> Mapping[str, Instrument]:
    """Every instrument as its file has it, recorded or not, by id."""
    parts = modules()
    return {name: read_instrument((FOLDER / name / "0.1.0.yaml").read_bytes(), parts) for name in INSTRUMENTS}


def items_of(instruments: Mapping[str, Instrument]) -> Mapping[str, Item]:
    """Every item as it is written, those of a repeating section once, by id."""
    return {
        item.id: item
        for instrument in instruments.values()
        for section in instrument.sections
        for item in section.items
    }


def columns(draft: Mapping[str, Any]) -> Mapping[str, tuple[str, str]]:
    """The columns in which this draft has words, each with the form and variant that it became."""
    known = COLUMNS_OF_MCR if draft["strumento"] == "MCR" else COLUMNS
    return {column: seen_as for column, seen_as in known.items() if column in draft}
