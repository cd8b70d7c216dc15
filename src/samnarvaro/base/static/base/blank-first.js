// Runs before anything is drawn: a page that comes while the screen is blank is never seen.

try {
  if (localStorage.getItem("samnarvaro-blank")) {
    const title = document.querySelector("title");
    title.dataset.said = title.textContent;
    title.textContent = document.documentElement.dataset.quiet;
    document.documentElement.dataset.blank = "";
  }
} catch {
  // A browser that keeps nothing for us: the screen is blank until the next page.
}
