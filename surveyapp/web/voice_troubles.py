"""What the answering pages say of an answer that is none, and of a line that is not there.

To participants in Italian alone; the other sentences are messages, which have an English.
"""

from collections.abc import Mapping

from surveyapp.web.languages import later

# (to participants, to everybody else)
# Why something sent is no answer: said in the summary of errors and beside the question.
ERRORS: Mapping[str, tuple[str, str]] = {
    "empty_chosen": (
        "Scegli una risposta. Se non vuoi rispondere, premi «Salta la domanda».",
        later("Manca la risposta. Per non rispondere c'è «Salta la domanda»."),
    ),
    "empty_text": (
        "Scrivi una risposta. Se non vuoi rispondere, premi «Salta la domanda».",
        later("Manca la risposta. Per non rispondere c'è «Salta la domanda»."),
    ),
    "empty_number": (
        "Scrivi un numero. Se non vuoi rispondere, premi «Salta la domanda».",
        later("Manca il numero. Per non rispondere c'è «Salta la domanda»."),
    ),
    "empty_date": (
        "Scrivi una data. Se non vuoi rispondere, premi «Salta la domanda».",
        later("Manca la data. Per non rispondere c'è «Salta la domanda»."),
    ),
    "typed": (
        "Hai scritto qualcosa. Per salvarlo premi «Vai avanti». Per non rispondere premi «Salta la domanda».",
        later(
            "C'è qualcosa di scritto. Per salvarlo c'è «Vai avanti», per non rispondere «Salta la domanda»."
        ),
    ),
    "not_an_option": (
        "Questa risposta non è fra quelle possibili. Scegli una risposta.",
        later("Questa risposta non è fra quelle possibili: bisogna sceglierne un'altra."),
    ),
    "several": (
        "Sono arrivate più risposte. Lasciane una sola.",
        later("Sono arrivate più risposte: ne serve una sola."),
    ),
    "both_written": (
        "Hai scritto qualcosa e hai anche messo un segno. Lascia solo una delle due cose.",
        later("Ci sono due risposte, una scritta e una con il segno: ne serve una sola."),
    ),
    "both_chosen": (
        "Queste risposte non possono stare insieme. Togli i segni che non vanno bene.",
        later("Queste risposte non possono stare insieme: bisogna togliere i segni che non vanno bene."),
    ),
    "unreadable": (
        "Nel testo ci sono segni che non si leggono. Li abbiamo tolti: controlla e premi «Vai avanti».",
        later("Nel testo c'erano segni che non si leggono. Sono stati tolti: va ricontrollato."),
    ),
    "too_long": (
        "Il testo è troppo lungo. Puoi scrivere al massimo {limit} caratteri:"
        " accorcialo e premi «Vai avanti».",
        later("Il testo è troppo lungo: può avere al massimo {limit} caratteri."),
    ),
    "not_a_number": (
        "Scrivi un numero fra {least} e {most}.",
        later("Serve un numero fra {least} e {most}."),
    ),
    "not_whole": (
        "Scrivi un numero intero fra {least} e {most}, senza virgola.",
        later("Serve un numero intero fra {least} e {most}, senza virgola."),
    ),
    "one_decimal": (
        "Dopo la virgola scrivi una cifra sola.",
        later("Dopo la virgola può esserci una cifra sola."),
    ),
    "two_decimals": (
        "Dopo la virgola scrivi al massimo due cifre.",
        later("Dopo la virgola possono esserci al massimo due cifre."),
    ),
    "not_a_date": ("Scrivi la data così: 31/12/2026.", later("La data va scritta così: 31/12/2026.")),
    "no_such_day": (
        "Questo giorno non esiste. Scrivi la data così: 31/12/2026.",
        later("Questo giorno non esiste. La data va scritta così: 31/12/2026."),
    ),
    "strange_year": (
        "L'anno {year} è troppo lontano. Scrivi la data così: 31/12/2026.",
        later("L'anno {year} è troppo lontano. La data va scritta così: 31/12/2026."),
    ),
}
# Without a line: said by static/coda.js, which gets these words from the page.
OFFLINE: Mapping[str, tuple[str, str]] = {
    "sending": ("Sto inviando la risposta.", later("Invio della risposta in corso.")),
    "no_line": ("Non c'è linea.", later("Non c'è linea.")),
    "busy": ("Adesso non riusciamo a salvare.", later("In questo momento non si riesce a salvare.")),
    "kept_one": ("La risposta è su questo telefono.", later("La risposta è su questo dispositivo.")),
    "kept_many": (
        "Su questo telefono ci sono {n} risposte.",
        later("Su questo dispositivo ci sono {n} risposte."),
    ),
    "not_kept": (
        "La risposta non è stata inviata. Riprova quando c'è linea.",
        later("La risposta non è stata inviata: si può riprovare quando c'è linea."),
    ),
    "all_saved": (
        "La linea è tornata. Le risposte sono salvate.",
        later("La linea è tornata: le risposte sono salvate."),
    ),
    "waiting": ("Aspettiamo la linea", later("In attesa della linea")),
    "waiting_why": (
        "Le tue risposte sono su questo telefono.\nPartono da sole quando torna la linea.\n"
        "Puoi chiudere questa pagina. Dopo apri di nuovo lo stesso link.",
        later(
            "Le risposte sono su questo dispositivo e partono da sole quando torna la linea.\n"
            "Se la pagina viene chiusa, basta aprire di nuovo lo stesso link."
        ),
    ),
    "waiting_page": (
        "Adesso non c'è linea.\nLa pagina si apre da sola quando torna la linea.",
        later("Adesso non c'è linea: la pagina si apre da sola quando torna."),
    ),
    "going": ("Un momento", later("Un momento")),
    "going_why": (
        "Le risposte date senza linea partono adesso.",
        later("Le risposte date senza linea partono adesso."),
    ),
    "to_see": (
        "C'è una risposta da controllare. La vedi dopo questa domanda.",
        later("C'è una risposta da controllare: compare dopo questa domanda."),
    ),
    "lost": ("Queste risposte non sono arrivate", later("Queste risposte non sono arrivate")),
    "lost_why": (
        "Apri di nuovo il link che hai ricevuto. Se si apre, le risposte partono da sole.\n"
        "Se non si apre, chiedi un nuovo link.",
        later(
            "Con il link ricevuto, aperto di nuovo, le risposte partono da sole.\n"
            "Se non si apre, serve un nuovo link."
        ),
    ),
    "forget": ("Cancella queste risposte dal telefono", later("Cancellare queste risposte dal dispositivo")),
    "finish_waits": (
        "Risposte non ancora partite: {n}. Prima aspetta la linea.",
        later("Risposte non ancora partite: {n}. Prima serve la linea."),
    ),
    "finish_loses": (
        "Risposte che non si possono inviare: {n}. Se premi ancora, si cancellano.",
        later("Risposte che non si possono inviare: {n}. Premendo ancora si cancellano."),
    ),
}
