"""How the answering pages speak: "tu" to participants, without naming anybody to offices and companies."""

from collections.abc import Mapping

from surveyapp.collection.response import PARTICIPANT

_SKIP = "Se non vuoi rispondere, premi «Salta la domanda»."
_SKIP_NEUTRAL = "Per non rispondere c'è «Salta la domanda»."

# (to participants, to everybody else)
_BEFORE: Mapping[str, tuple[str, str]] = {
    "may_skip": ("Rispondi solo se vuoi. Puoi saltare le domande.", "Le domande si possono saltare."),
    "may_stop": (
        "Puoi fermarti e continuare dopo. Le risposte restano salvate.",
        "Ci si può fermare e continuare dopo: le risposte restano salvate.",
    ),
    "refused": (
        "Hai scelto di non rispondere. Se cambi idea, puoi rispondere adesso.",
        "È stato scelto di non compilare questa scheda. Si può ancora compilare.",
    ),
    "refusal": ("Va bene, puoi dire di no", "La scheda si può non compilare"),
    "refusal_means": (
        "I tuoi aiuti restano uguali.\nNessuno ti chiede perché.",
        "Resta segnato che la scheda non si compila. Non serve dire perché.",
    ),
    "refusal_changes": (
        "Se cambi idea, apri di nuovo lo stesso link.",
        "Per cambiare idea basta aprire di nuovo lo stesso link.",
    ),
    "refuse": ("Non voglio rispondere", "Non compilare la scheda"),
    "talk": ("Parlane con qualcuno", "Parlarne con qualcuno"),
    "talk_noted": ("Abbiamo segnato che vuoi parlarne.", "La richiesta di parlarne è stata segnata."),
    "talk_contact": ("Puoi chiamare o scrivere qui: {}.", "Si può chiamare o scrivere qui: {}."),
    "talk_later": (
        "Puoi decidere dopo. Il link resta valido.",
        "Si può decidere dopo: il link resta valido.",
    ),
    "ask_to_talk": ("Voglio che mi chiamiate", "Chiedere di essere chiamati"),
}
_QUESTIONS: Mapping[str, tuple[str, str]] = {
    "may_choose_several": ("Puoi scegliere più risposte.", "Si possono scegliere più risposte."),
    "pause": ("Fai una pausa", "Una pausa"),
    "pause_saved": (
        "Le tue risposte sono salvate.\nPuoi chiudere questa pagina.",
        "Le risposte sono salvate. Questa pagina si può chiudere.",
    ),
    "pause_then": (
        "Per continuare, apri di nuovo il link che hai ricevuto. Riparti dalla domanda giusta.",
        "Per continuare basta aprire di nuovo lo stesso link: si riparte dalla domanda giusta.",
    ),
    "which": (
        "Ci sono due risposte. Quale vuoi tenere?",
        "Ci sono due risposte. Quale va tenuta?",
    ),
    "which_why": (
        "A questa domanda c'è già una risposta. È arrivata da un'altra pagina o da un altro telefono.",
        "A questa domanda c'è già una risposta, data da un'altra pagina o da un altro dispositivo.",
    ),
    "which_now": ("La risposta che hai dato adesso:", "La risposta data adesso:"),
    "not_agreed": (
        "Prima di rispondere devi dire se vuoi partecipare.",
        "Prima di rispondere bisogna leggere le informazioni e andare avanti.",
    ),
    "was": ("Avevi risposto:", "La risposta era:"),
}
_AFTER: Mapping[str, tuple[str, str]] = {
    "review": ("Controlla le tue risposte", "Le risposte da controllare"),
    "review_how": (
        "Puoi cambiare una risposta. Poi premi «Invia le risposte».",
        "Ogni risposta si può ancora cambiare. Alla fine della pagina c'è «Invia le risposte».",
    ),
    "review_then": (
        "Dopo l'invio non puoi più cambiare le risposte.",
        "Dopo l'invio le risposte non si possono più cambiare.",
    ),
    "thanks": ("Le tue risposte sono state inviate.", "Le risposte sono state inviate."),
    "thanks_then": (
        "Le tue risposte le leggono {}.\nCi aiutano a capire che cosa va bene e che cosa no.\n"
        "I tuoi aiuti restano uguali.\nNon devi fare altro.",
        "Le risposte le leggono {}.\nServono a capire che cosa funziona e che cosa cambiare.\n"
        "Non serve fare altro.",
    ),
    "whom_to_call": ("Chi puoi chiamare", "A chi rivolgersi"),
    "ask": ("Se hai una domanda: {}.", "Per qualsiasi domanda: {}."),
    "ill_treated": (
        "Se qualcuno ti tratta male, puoi parlarne con {}.",
        "Se una persona è trattata male, se ne può parlare con {}.",
    ),
    "whom_trusted": ("una persona di cui ti fidi", "chi ha mandato il link"),
    "your_answers": ("Le tue risposte", "Le risposte"),
    "keep_answers": (
        "Puoi leggere le tue risposte, stamparle e tenerle.",
        "Le risposte si possono rileggere, stampare e tenere.",
    ),
    "correct": ("Se vuoi correggere qualcosa: {}.", "Per correggere qualcosa: {}."),
    "whom": ("chiedi alla persona che ti segue", "chi ha mandato il link"),
    "read_again": ("Le mie risposte", "Le risposte inviate"),
    "may_close": ("Puoi chiudere questa pagina.", "Questa pagina si può chiudere."),
    "sent": ("Le mie risposte", "Le risposte inviate"),
    "sent_on": ("Hai inviato queste risposte il {}.", "Risposte inviate il {}."),
    "closed": (
        "Questo questionario è chiuso. Se vuoi rispondere: {}.",
        "Questa scheda è chiusa. Per compilarla: {}.",
    ),
}
_WITHDRAWAL: Mapping[str, tuple[str, str]] = {
    "withdraw_link": ("Voglio ritirarmi", "Ritirare questa scheda"),
    "withdrawal": ("Vuoi ritirarti?", "Ritirare questa scheda"),
    "withdrawal_means": (
        "Puoi ritirarti quando vuoi. Non devi dire perché.\n"
        "Se ti ritiri, non usiamo più le tue risposte.\n"
        "I tuoi aiuti restano uguali.\n"
        "Se vuoi, puoi tornare: basta aprire lo stesso link.",
        "La scheda si può ritirare in ogni momento. Non serve dire perché.\n"
        "Le risposte ritirate non si usano più.\n"
        "Per tornare indietro basta aprire di nuovo lo stesso link.",
    ),
    "withdrawal_one": (
        "Vale solo per questo questionario. Per ritirarti da tutto: {}.",
        "Vale soltanto per questa scheda. Per le altre: {}.",
    ),
    "erase": (
        "Le risposte non le cancelliamo subito. Se vuoi cancellarle: {}.",
        "Le risposte restano in archivio. Per farle cancellare: {}.",
    ),
    "withdraw": ("Sì, mi ritiro", "Ritira la scheda"),
    "withdrawn": ("Non usiamo più le tue risposte", "La scheda è stata ritirata"),
    "withdrawn_means": (
        "Ti sei ritirato o ritirata. Va bene così.\nI tuoi aiuti restano uguali.",
        "Le risposte non si usano più.",
    ),
    "withdrawn_changes": (
        "Se cambi idea, puoi rispondere ancora.",
        "La scheda si può ancora compilare e inviare di nuovo.",
    ),
    "come_back": ("Ho cambiato idea", "Compilare di nuovo la scheda"),
    "withdrew": (
        "Ti sei ritirato o ritirata. Se cambi idea, puoi rispondere adesso. Ritrovi le risposte di prima.",
        "La scheda è stata ritirata. Si può ancora compilare: le risposte di prima ci sono ancora.",
    ),
}
# The sheet that is printed and handed over.
_LETTER: Mapping[str, tuple[str, str]] = {
    "letter": ("Il tuo questionario", "Il questionario da compilare"),
    "letter_about": (
        "Vogliamo sapere che cosa pensi tu.\nRispondi solo se vuoi. Non ci sono risposte giuste o sbagliate.",
        "Con questo foglio si apre il questionario. Si può rispondere in più volte.",
    ),
    "letter_telephone": ("Con il telefono", "Con il telefono"),
    "letter_camera": (
        "Apri la fotocamera. Inquadra il quadrato. Premi il link che vedi.",
        "Inquadrare il quadrato con la fotocamera e aprire il link che compare.",
    ),
    "letter_computer": ("Con il computer", "Con il computer"),
    "letter_address": ("Vai a questo indirizzo:", "L'indirizzo è:"),
    "letter_code": ("Poi scrivi questo codice:", "Il codice da scrivere è:"),
    "letter_until": ("Il codice vale fino al {}.", "Il codice vale fino al {}."),
    "letter_help": ("Hai bisogno di aiuto?", "Per qualsiasi domanda"),
    "letter_call": ("Chiama o scrivi qui: {}.", "Si può chiamare o scrivere qui: {}."),
    "letter_own": (
        "Questo foglio è solo tuo. Non darlo ad altri.",
        "Il foglio è personale: chi lo ha può rispondere.",
    ),
}
# Why something sent is no answer: said in the summary of errors and beside the question.
_ERRORS: Mapping[str, tuple[str, str]] = {
    "empty_chosen": (f"Scegli una risposta. {_SKIP}", f"Manca la risposta. {_SKIP_NEUTRAL}"),
    "empty_text": (f"Scrivi una risposta. {_SKIP}", f"Manca la risposta. {_SKIP_NEUTRAL}"),
    "empty_number": (f"Scrivi un numero. {_SKIP}", f"Manca il numero. {_SKIP_NEUTRAL}"),
    "empty_date": (f"Scrivi una data. {_SKIP}", f"Manca la data. {_SKIP_NEUTRAL}"),
    "typed": (
        "Hai scritto qualcosa. Per salvarlo premi «Vai avanti». Per non rispondere premi «Salta la domanda».",
        "C'è qualcosa di scritto. Per salvarlo c'è «Vai avanti», per non rispondere «Salta la domanda».",
    ),
    "not_an_option": (
        "Questa risposta non è fra quelle possibili. Scegli una risposta.",
        "Questa risposta non è fra quelle possibili: bisogna sceglierne un'altra.",
    ),
    "several": (
        "Sono arrivate più risposte. Lasciane una sola.",
        "Sono arrivate più risposte: ne serve una sola.",
    ),
    "both_written": (
        "Hai scritto qualcosa e hai anche messo un segno. Lascia solo una delle due cose.",
        "Ci sono due risposte, una scritta e una con il segno: ne serve una sola.",
    ),
    "both_chosen": (
        "Queste risposte non possono stare insieme. Togli i segni che non vanno bene.",
        "Queste risposte non possono stare insieme: bisogna togliere i segni che non vanno bene.",
    ),
    "unreadable": (
        "Nel testo ci sono segni che non si leggono. Li abbiamo tolti: controlla e premi «Vai avanti».",
        "Nel testo c'erano segni che non si leggono. Sono stati tolti: va ricontrollato.",
    ),
    "too_long": (
        "Il testo è troppo lungo. Puoi scrivere al massimo {limit} caratteri:"
        " accorcialo e premi «Vai avanti».",
        "Il testo è troppo lungo: può avere al massimo {limit} caratteri.",
    ),
    "not_a_number": ("Scrivi un numero fra {least} e {most}.", "Serve un numero fra {least} e {most}."),
    "not_whole": (
        "Scrivi un numero intero fra {least} e {most}, senza virgola.",
        "Serve un numero intero fra {least} e {most}, senza virgola.",
    ),
    "one_decimal": (
        "Dopo la virgola scrivi una cifra sola.",
        "Dopo la virgola può esserci una cifra sola.",
    ),
    "two_decimals": (
        "Dopo la virgola scrivi al massimo due cifre.",
        "Dopo la virgola possono esserci al massimo due cifre.",
    ),
    "not_a_date": ("Scrivi la data così: 31/12/2026.", "La data va scritta così: 31/12/2026."),
    "no_such_day": (
        "Questo giorno non esiste. Scrivi la data così: 31/12/2026.",
        "Questo giorno non esiste. La data va scritta così: 31/12/2026.",
    ),
    "strange_year": (
        "L'anno {year} è troppo lontano. Scrivi la data così: 31/12/2026.",
        "L'anno {year} è troppo lontano. La data va scritta così: 31/12/2026.",
    ),
}
# Without a line: said by static/coda.js, which gets these words from the page.
_OFFLINE: Mapping[str, tuple[str, str]] = {
    "sending": ("Sto inviando la risposta.", "Invio della risposta in corso."),
    "no_line": ("Non c'è linea.", "Non c'è linea."),
    "busy": ("Adesso non riusciamo a salvare.", "In questo momento non si riesce a salvare."),
    "kept_one": ("La risposta è su questo telefono.", "La risposta è su questo dispositivo."),
    "kept_many": ("Su questo telefono ci sono {n} risposte.", "Su questo dispositivo ci sono {n} risposte."),
    "not_kept": (
        "La risposta non è stata inviata. Riprova quando c'è linea.",
        "La risposta non è stata inviata: si può riprovare quando c'è linea.",
    ),
    "all_saved": (
        "La linea è tornata. Le risposte sono salvate.",
        "La linea è tornata: le risposte sono salvate.",
    ),
    "waiting": ("Aspettiamo la linea", "In attesa della linea"),
    "waiting_why": (
        "Le tue risposte sono su questo telefono.\nPartono da sole quando torna la linea.\n"
        "Puoi chiudere questa pagina. Dopo apri di nuovo lo stesso link.",
        "Le risposte sono su questo dispositivo e partono da sole quando torna la linea.\n"
        "Se la pagina viene chiusa, basta aprire di nuovo lo stesso link.",
    ),
    "waiting_page": (
        "Adesso non c'è linea.\nLa pagina si apre da sola quando torna la linea.",
        "Adesso non c'è linea: la pagina si apre da sola quando torna.",
    ),
    "going": ("Un momento", "Un momento"),
    "going_why": (
        "Le risposte date senza linea partono adesso.",
        "Le risposte date senza linea partono adesso.",
    ),
    "to_see": (
        "C'è una risposta da controllare. La vedi dopo questa domanda.",
        "C'è una risposta da controllare: compare dopo questa domanda.",
    ),
    "lost": ("Queste risposte non sono arrivate", "Queste risposte non sono arrivate"),
    "lost_why": (
        "Apri di nuovo il link che hai ricevuto. Se si apre, le risposte partono da sole.\n"
        "Se non si apre, chiedi un nuovo link.",
        "Con il link ricevuto, aperto di nuovo, le risposte partono da sole.\n"
        "Se non si apre, serve un nuovo link.",
    ),
    "forget": ("Cancella queste risposte dal telefono", "Cancellare queste risposte dal dispositivo"),
    "finish_waits": (
        "Risposte non ancora partite: {n}. Prima aspetta la linea.",
        "Risposte non ancora partite: {n}. Prima serve la linea.",
    ),
    "finish_loses": (
        "Risposte che non si possono inviare: {n}. Se premi ancora, si cancellano.",
        "Risposte che non si possono inviare: {n}. Premendo ancora si cancellano.",
    ),
}

PAIRS: Mapping[str, tuple[str, str]] = {
    **_BEFORE,
    **_QUESTIONS,
    **_AFTER,
    **_WITHDRAWAL,
    **_LETTER,
    **_ERRORS,
    **_OFFLINE,
}
_TO_PARTICIPANTS = {name: pair[0] for name, pair in PAIRS.items()}
_NEUTRAL = {name: pair[1] for name, pair in PAIRS.items()}


def voice(respondent: str) -> Mapping[str, str]:
    """The sentences of the answering pages, as this kind of respondent reads them."""
    return _TO_PARTICIPANTS if respondent == PARTICIPANT else _NEUTRAL
