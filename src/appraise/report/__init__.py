"""From a finished appraisal to a page: the view, the designs, the PDF."""
