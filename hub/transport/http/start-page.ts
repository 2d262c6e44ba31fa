/** The page at `/`: where the four apps are. */

export const START_PAGE = `<!doctype html>
<html lang="de">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Einklang</title>
<link rel="icon" href="/icons/mark.svg" type="image/svg+xml">
</head>
<body>
<main>
<h1>Einklang</h1>
<ul>
<li><a href="/shopper/">Einkaufen</a> <span lang="en">(shopper kiosk)</span></li>
<li><a href="/staff/">Team</a> <span lang="en">(staff tablet)</span></li>
<li><a href="/manager/">Marktleitung</a> <span lang="en">(store manager)</span></li>
<li><a href="/checkout/">Kasse auf dem Handy</a> <span lang="en">(phone checkout)</span></li>
</ul>
</main>
</body>
</html>
`

export const NOT_BUILT_PAGE = START_PAGE.replace('</main>', `<p>Die Apps sind noch nicht gebaut: <code>npm start</code> baut sie. <span lang="en">The apps are not built yet; <code>npm start</code> builds them.</span></p>\n</main>`)
