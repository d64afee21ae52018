"""The answers for other programs and archives: CSV, XLSX, SPSS, Stata, R, DDI; de-identified unless asked."""
