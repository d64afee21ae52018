"""Buttons and links by their words, and the page that they lead to."""

from playwright.sync_api import Page


def press(page: Page, button: str) -> None:
    """Press the button with these words, and wait for the page it leads to."""
    with page.expect_navigation():
        page.get_by_role("button", name=button, exact=True).click()


def follow(page: Page, link: str) -> None:
    """Follow the link with these words, and wait for the page it leads to."""
    with page.expect_navigation():
        page.get_by_role("link", name=link, exact=True).click()
