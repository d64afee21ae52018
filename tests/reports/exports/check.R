# Reads a folder of exports as a statistician would, and prints every cell, label and missing code.
suppressMessages(library(haven))
arguments <- commandArgs(trailingOnly = TRUE)
folder <- arguments[1]
out <- file(arguments[2], "w", encoding = "UTF-8")

say <- function(source, row, name, value) {
  cat(paste(source, row, name, gsub("[\t\r\n]", " ", value), sep = "\t"), sep = "\n", file = out)
}

number <- function(x) ifelse(is.na(x), "", format(x, digits = 15, trim = TRUE, scientific = FALSE))

cells <- function(x, tags) {
  if (inherits(x, "Date")) return(ifelse(is.na(x), "", as.character(x)))
  if (is.character(x)) return(ifelse(is.na(x), "", x))
  plain <- sapply(as.numeric(unclass(x)), number)
  if (tags) plain <- ifelse(is.na(na_tag(unclass(x))), plain, paste0(".", na_tag(unclass(x))))
  plain
}

labels <- function(x, tags) {
  found <- attr(x, "labels")
  if (is.null(found)) return("")
  codes <- if (tags) ifelse(is.na(na_tag(found)), number(unclass(found)), paste0(".", na_tag(found)))
           else number(unclass(found))
  paste(sort(paste0(codes, "=", names(found))), collapse = "|")
}

told <- function(source, frame, tags = FALSE) {
  for (name in names(frame)) {
    say(source, seq_len(nrow(frame)) - 1, name, cells(frame[[name]], tags))
    label <- attr(frame[[name]], "label")
    say(paste0(source, " label"), 0, name, if (is.null(label)) "" else label)
    say(paste0(source, " labels"), 0, name, labels(frame[[name]], tags))
    range <- attr(frame[[name]], "na_range")
    say(paste0(source, " range"), 0, name, if (is.null(range)) "" else paste(range, collapse = ".."))
  }
}

for (file in list.files(folder, pattern = "[.]sav$")) told(file, read_sav(file.path(folder, file), user_na = TRUE))
for (file in list.files(folder, pattern = "[.]dta$")) told(file, read_dta(file.path(folder, file)), tags = TRUE)

setwd(file.path(folder, "r"))
source("leggi.R", encoding = "UTF-8")
for (name in names(dati)) {
  told(paste0(name, " codes"), codici(name))
  for (column in names(dati[[name]])) {
    x <- dati[[name]][[column]]
    say(paste0(name, " words"), seq_along(x) - 1, column, ifelse(is.na(x), "", as.character(x)))
    say(paste0(name, " class"), 0, column, class(x)[1])
    say(paste0(name, " levels"), 0, column, if (is.factor(x)) paste(levels(x), collapse = "|") else "")
  }
}
close(out)
