# Legge i dati di questa cartella in R, senza altri pacchetti.
#
#   setwd("la cartella di questo file")
#   source("leggi.R")                      # fa una lista, dati, con una tabella per ogni scheda e versione
#   dati[["qil-P-std"]]$QIL_LAV1           # le risposte, con le parole delle opzioni
#   codici("qil-P-std")                    # la stessa tabella con i codici al posto delle parole
#
# Le risposte che mancano sono NA; perché mancano sta nelle colonne che finiscono in _reason (vedi mancanti.csv).
# Il testo della domanda è l'attributo "label" di ogni colonna. Gli item inversi non sono girati.
# Un apostrofo all'inizio di un testo c'è perché un foglio di calcolo non lo prenda per una formula.

tabella <- function(file) {
  read.csv(file, colClasses = "character", check.names = FALSE, na.strings = "", fileEncoding = "UTF-8-BOM",
           encoding = "UTF-8")
}

variabili <- tabella("variabili.csv")
valori <- tabella("valori.csv")
mancanti <- tabella("mancanti.csv")

# Una colonna con il suo tipo: parole, numeri, date, oppure fattori (ordinati dove le opzioni sono gradi).
colonna <- function(x, variabile, opzioni, fattori) {
  if (variabile$kind %in% c("text", "word")) {
    y <- x
  } else if (variabile$kind == "date") {
    y <- as.Date(x)
  } else if (fattori && nrow(opzioni) > 0 && variabile$kind != "steps") {
    codici <- union(opzioni$code, sort(unique(x[!is.na(x)])))
    etichette <- ifelse(codici %in% opzioni$code, opzioni$label[match(codici, opzioni$code)], codici)
    y <- factor(x, levels = codici, labels = etichette, ordered = variabile$measure == "ordinal")
  } else {
    y <- as.numeric(x)
  }
  attr(y, "label") <- variabile$label
  y
}

leggi <- function(nome, fattori = TRUE) {
  d <- tabella(paste0(nome, ".csv"))
  for (i in which(variabili$file == nome)) {
    v <- variabili[i, ]
    opzioni <- valori[valori$file == nome & valori$name == v$name, ]
    d[[v$name]] <- colonna(d[[v$name]], v, opzioni, fattori)
    motivo <- paste0(v$name, "_reason")
    if (motivo %in% names(d)) d[[motivo]] <- factor(d[[motivo]], levels = mancanti$reason)
  }
  d
}

codici <- function(nome) leggi(nome, fattori = FALSE)

dati <- sapply(unique(variabili$file), leggi, simplify = FALSE)
