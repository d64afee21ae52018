"""An instrument out of the house: forms to print, codebook, manual, XLSForm. No Flask, no database."""
