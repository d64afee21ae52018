"""What the answering pages say before the questions, beside them, after them, and to who withdraws.

To participants in Italian alone; the other sentences are messages, which have an English.
"""

from collections.abc import Mapping

from surveyapp.web.languages import later

# (to participants, to everybody else)
BEFORE: Mapping[str, tuple[str, str]] = {
    "may_skip": ("Rispondi solo se vuoi. Puoi saltare le domande.", later("Le domande si possono saltare.")),
    "may_stop": (
        "Puoi fermarti e continuare dopo. Le risposte restano salvate.",
        later("Ci si può fermare e continuare dopo: le risposte restano salvate."),
    ),
    "refused": (
        "Hai scelto di non rispondere. Se cambi idea, puoi rispondere adesso.",
        later("È stato scelto di non compilare questa scheda. Si può ancora compilare."),
    ),
    "refusal": ("Va bene, puoi dire di no", later("La scheda si può non compilare")),
    "refusal_means": (
        "I tuoi aiuti restano uguali.\nNessuno ti chiede perché.",
        later("Resta segnato che la scheda non si compila. Non serve dire perché."),
    ),
    "refusal_changes": (
        "Se cambi idea, apri di nuovo lo stesso link.",
        later("Per cambiare idea basta aprire di nuovo lo stesso link."),
    ),
    "refuse": ("Non voglio rispondere", later("Non compilare la scheda")),
    "talk": ("Parlane con qualcuno", later("Parlarne con qualcuno")),
    "talk_noted": ("Abbiamo segnato che vuoi parlarne.", later("La richiesta di parlarne è stata segnata.")),
    "talk_contact": ("Puoi chiamare o scrivere qui: {}.", later("Si può chiamare o scrivere qui: {}.")),
    "talk_later": (
        "Puoi decidere dopo. Il link resta valido.",
        later("Si può decidere dopo: il link resta valido."),
    ),
    "ask_to_talk": ("Voglio che mi chiamiate", later("Chiedere di essere chiamati")),
}
QUESTIONS: Mapping[str, tuple[str, str]] = {
    "may_choose_several": ("Puoi scegliere più risposte.", later("Si possono scegliere più risposte.")),
    "pause": ("Fai una pausa", later("Una pausa")),
    "pause_saved": (
        "Le tue risposte sono salvate.\nPuoi chiudere questa pagina.",
        later("Le risposte sono salvate. Questa pagina si può chiudere."),
    ),
    "pause_then": (
        "Per continuare, apri di nuovo il link che hai ricevuto. Riparti dalla domanda giusta.",
        later("Per continuare basta aprire di nuovo lo stesso link: si riparte dalla domanda giusta."),
    ),
    "which": (
        "Ci sono due risposte. Quale vuoi tenere?",
        later("Ci sono due risposte. Quale va tenuta?"),
    ),
    "which_why": (
        "A questa domanda c'è già una risposta. È arrivata da un'altra pagina o da un altro telefono.",
        later("A questa domanda c'è già una risposta, data da un'altra pagina o da un altro dispositivo."),
    ),
    "which_now": ("La risposta che hai dato adesso:", later("La risposta data adesso:")),
    "not_agreed": (
        "Prima di rispondere devi dire se vuoi partecipare.",
        later("Prima di rispondere bisogna leggere le informazioni e andare avanti."),
    ),
    "was": ("Avevi risposto:", later("La risposta era:")),
}
AFTER: Mapping[str, tuple[str, str]] = {
    "review": ("Controlla le tue risposte", later("Le risposte da controllare")),
    "review_how": (
        "Puoi cambiare una risposta. Poi premi «Invia le risposte».",
        later("Ogni risposta si può ancora cambiare. Alla fine della pagina c'è «Invia le risposte»."),
    ),
    "review_then": (
        "Dopo l'invio non puoi più cambiare le risposte.",
        later("Dopo l'invio le risposte non si possono più cambiare."),
    ),
    "thanks": ("Le tue risposte sono state inviate.", later("Le risposte sono state inviate.")),
    "thanks_then": (
        "Le tue risposte le leggono {}.\nCi aiutano a capire che cosa va bene e che cosa no.\n"
        "I tuoi aiuti restano uguali.\nNon devi fare altro.",
        later(
            "Le risposte le leggono {}.\nServono a capire che cosa funziona e che cosa cambiare.\n"
            "Non serve fare altro."
        ),
    ),
    "whom_to_call": ("Chi puoi chiamare", later("A chi rivolgersi")),
    "ask": ("Se hai una domanda: {}.", later("Per qualsiasi domanda: {}.")),
    "ill_treated": (
        "Qualcuno ti tratta male? Puoi parlarne con {}.",
        later("Se una persona è trattata male, se ne può parlare con {}."),
    ),
    "whom_trusted": ("una persona di cui ti fidi", later("chi ha mandato il link")),
    "your_answers": ("Le tue risposte", later("Le risposte")),
    "keep_answers": (
        "Puoi leggere le tue risposte, stamparle e tenerle.",
        later("Le risposte si possono rileggere, stampare e tenere."),
    ),
    "correct": ("Se vuoi correggere qualcosa: {}.", later("Per correggere qualcosa: {}.")),
    "whom": ("chiedi alla persona che ti segue", later("chi ha mandato il link")),
    "read_again": ("Le mie risposte", later("Le risposte inviate")),
    "may_close": ("Puoi chiudere questa pagina.", later("Questa pagina si può chiudere.")),
    "sent": ("Le mie risposte", later("Le risposte inviate")),
    "sent_on": ("Hai inviato queste risposte il {}.", later("Risposte inviate il {}.")),
    "closed": (
        "Questo questionario è chiuso. Se vuoi rispondere: {}.",
        later("Questa scheda è chiusa. Per compilarla: {}."),
    ),
}
WITHDRAWAL: Mapping[str, tuple[str, str]] = {
    "withdraw_link": ("Voglio ritirarmi", later("Ritirare questa scheda")),
    "withdrawal": ("Vuoi ritirarti?", later("Ritirare questa scheda")),
    "withdrawal_means": (
        "Puoi ritirarti quando vuoi. Non devi dire perché.\n"
        "Se ti ritiri, non usiamo più le tue risposte.\n"
        "I tuoi aiuti restano uguali.\n"
        "Se vuoi, puoi tornare: basta aprire lo stesso link.",
        later(
            "La scheda si può ritirare in ogni momento. Non serve dire perché.\n"
            "Le risposte ritirate non si usano più.\n"
            "Per tornare indietro basta aprire di nuovo lo stesso link."
        ),
    ),
    "withdrawal_one": (
        "Vale solo per questo questionario. Per ritirarti da tutto: {}.",
        later("Vale soltanto per questa scheda. Per le altre: {}."),
    ),
    "erase": (
        "Le risposte non le cancelliamo subito. Se vuoi cancellarle: {}.",
        later("Le risposte restano in archivio. Per farle cancellare: {}."),
    ),
    "withdraw": ("Sì, mi ritiro", later("Ritira la scheda")),
    "withdrawn": ("Non usiamo più le tue risposte", later("La scheda è stata ritirata")),
    "withdrawn_means": (
        "Ti sei ritirato o ritirata. Va bene così.\nI tuoi aiuti restano uguali.",
        later("Le risposte non si usano più."),
    ),
    "withdrawn_changes": (
        "Se cambi idea, puoi rispondere ancora.",
        later("La scheda si può ancora compilare e inviare di nuovo."),
    ),
    "come_back": ("Ho cambiato idea", later("Compilare di nuovo la scheda")),
    "withdrew": (
        "Ti sei ritirato o ritirata. Se cambi idea, puoi rispondere adesso. Ritrovi le risposte di prima.",
        later("La scheda è stata ritirata. Si può ancora compilare: le risposte di prima ci sono ancora."),
    ),
}
