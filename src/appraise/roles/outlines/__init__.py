"""Beginning a template: areas and KPIs by title, from arguments or a pasted text, and the file made of them."""
