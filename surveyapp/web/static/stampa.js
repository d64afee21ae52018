/* A button that prints the page. Without JavaScript the browser's own menu does it. */
const place = document.getElementById("stampa");
if (place && typeof window.print === "function") {
  const line = document.createElement("p");
  line.className = "not-printed";
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button second";
  button.textContent = place.dataset.word;
  button.addEventListener("click", () => window.print());
  line.append(button);
  place.after(line);
}
