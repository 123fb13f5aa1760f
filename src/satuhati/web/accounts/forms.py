"""Forms of sign-in, accounts and roles, in the reader's language."""

from __future__ import annotations

from typing import Any

from django import forms

from satuhati.text import Translator
from satuhati.web.accounts import pins
from satuhati.web.tenancy import rules

PIN_ATTRS = {
    "inputmode": "numeric",
    "autocomplete": "off",
    "maxlength": str(pins.LENGTH),
    "class": "pin",
}


def pin_field(label: str, help_text: str, t: Translator) -> forms.RegexField:
    return forms.RegexField(
        rf"^[0-9]{{{pins.LENGTH}}}$",
        label=label,
        help_text=help_text,
        widget=forms.PasswordInput(attrs=PIN_ATTRS),
        error_messages={
            "invalid": t("A PIN is six digits."),
            "required": t("Please type the PIN."),
        },
    )


class PinForm(forms.Form):
    """The PIN of somebody who has one."""

    def __init__(self, *args: Any, t: Translator, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["pin"] = pin_field(t("Your PIN"), t("The six digits you chose."), t)
        self.fields["remember"] = forms.BooleanField(
            required=False,
            label=t("Remember me on this phone"),
            help_text=t("Only your initials are kept. Next time you tap them and type the PIN."),
        )


class NewPinForm(forms.Form):
    """Choosing a PIN, twice."""

    def __init__(self, *args: Any, t: Translator, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.t = t
        self.fields["pin"] = pin_field(
            t("Choose a PIN"), t("Six digits that only you know. Not 123456, not a birth date."), t
        )
        self.fields["again"] = pin_field(t("The same PIN again"), "", t)
        self.fields["remember"] = forms.BooleanField(
            required=False,
            label=t("Remember me on this phone"),
            help_text=t("Only your initials are kept. Next time you tap them and type the PIN."),
        )

    def clean_pin(self) -> str:
        pin: str = self.cleaned_data["pin"]
        if pins.is_trivial(pin):
            raise forms.ValidationError(
                self.t("Others would guess this PIN first. Please choose another.")
            )
        return pin

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if "pin" in data and "again" in data and data["pin"] != data["again"]:
            self.add_error("again", self.t("The two PINs differ. Please type them again."))
        return data


class ChangePinForm(NewPinForm):
    """Choosing another PIN: the old one first."""

    def __init__(self, *args: Any, t: Translator, **kwargs: Any) -> None:
        super().__init__(*args, t=t, **kwargs)
        del self.fields["remember"]
        self.fields["old"] = pin_field(t("Your PIN until now"), "", t)
        self.order_fields(["old", "pin", "again"])


class RoleForm(forms.Form):
    """Who gets which role."""

    def __init__(self, *args: Any, t: Translator, roles: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"] = forms.CharField(
            label=t("Name"), max_length=200, help_text=t("How the person is greeted.")
        )
        self.fields["email"] = forms.EmailField(
            label=t("E-mail"), help_text=t("The code for signing in is sent there.")
        )
        self.fields["role"] = forms.ChoiceField(
            label=t("Role"),
            choices=[(code, rules.ROLES[code](t.lang)) for code in roles],
            help_text=t("What each role may open and change stands in the documentation."),
        )


__all__ = ["ChangePinForm", "NewPinForm", "PinForm", "RoleForm"]
